#pragma once
#include "CImageRead.h"
#include "CImageWrite.h"
