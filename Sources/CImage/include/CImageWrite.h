#pragma once

// What the writers of pictures call. Nothing in it needs a C door.
#include <turbojpeg.h>
#include <zlib.h>
