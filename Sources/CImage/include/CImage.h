#pragma once
#include "CImageWrite.h"
