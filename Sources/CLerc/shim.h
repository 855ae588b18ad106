#pragma once
#include <stdbool.h>
#include <Lerc_c_api.h>
