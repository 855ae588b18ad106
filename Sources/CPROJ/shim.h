#pragma once
#include <proj.h>
// Experimental in PROJ 9 is only proj_crs_demote_to_2D, which drops heights.
#include <proj_experimental.h>
