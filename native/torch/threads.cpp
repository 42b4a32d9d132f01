#include <ATen/Parallel.h>

#include "internal.h"

US_API int us_threads_set(int32_t threads) {
  return understudy::guarded([&] { at::set_num_threads(threads); });
}

US_API int32_t us_threads_get() { return at::get_num_threads(); }
