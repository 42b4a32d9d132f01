#include "internal.h"

namespace understudy {
thread_local std::string last_error;
}

US_API const char* us_last_error() { return understudy::last_error.c_str(); }

US_API int32_t us_abi_version() { return US_ABI_VERSION; }
