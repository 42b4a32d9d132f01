#include <ATen/Parallel.h>

#include "internal.h"

US_API int us_threads_set(int32_t threads) {
  return understudy::guarded([&] { at::set_num_threads(threads); });
}

US_API int32_t us_threads_get() { return at::get_num_threads(); }

US_API int us_threads_run(int32_t parts, void (*work)(void* state, int32_t part), void* state) {
  return understudy::guarded([&] {
    at::parallel_for(0, parts, 1, [&](int64_t begin, int64_t end) {
      for (auto part = begin; part < end; part++) work(state, static_cast<int32_t>(part));
    });
  });
}
