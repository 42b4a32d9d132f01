#include <ATen/Context.h>

#include "internal.h"

US_API int us_manual_seed(uint64_t seed) {
  return understudy::guarded([&] { at::manual_seed(seed); });
}
