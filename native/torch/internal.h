// What the files of the binding share: handles and the translation of exceptions.
#pragma once

#include <ATen/core/Tensor.h>
#include <torch/version.h>

#include <atomic>
#include <exception>
#include <string>
#include <utility>
#include <vector>

#include "understudy_torch.h"

namespace understudy {

// libtorch moved from its own optional to the standard's.
#if TORCH_VERSION_MAJOR == 1 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR < 4)
using optional_tensor = c10::optional<at::Tensor>;
#else
using optional_tensor = std::optional<at::Tensor>;
#endif

extern thread_local std::string last_error;
extern std::atomic<int64_t> live_tensors;

inline us_tensor give(at::Tensor tensor) {
  if (!tensor.defined()) return nullptr;
  live_tensors.fetch_add(1, std::memory_order_relaxed);
  return tensor.unsafeReleaseTensorImpl();
}

inline at::Tensor borrow(us_tensor handle) {
  if (handle == nullptr) return at::Tensor();
  return at::Tensor(c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim_copy(static_cast<c10::TensorImpl*>(handle)));
}

inline std::vector<at::Tensor> borrow_all(const us_tensor* handles, int32_t count) {
  std::vector<at::Tensor> tensors;
  tensors.reserve(count);
  for (int32_t i = 0; i < count; i++) tensors.push_back(borrow(handles[i]));
  return tensors;
}

inline c10::Device device_of(int64_t packed) {
  return c10::Device(static_cast<c10::DeviceType>(packed >> 32), static_cast<c10::DeviceIndex>(static_cast<int32_t>(packed & 0xffffffff)));
}

// Runs `body` and turns whatever it throws into a status.
template <typename Body>
int guarded(Body&& body) {
  try {
    std::forward<Body>(body)();
    return 0;
  } catch (const c10::Error& error) {
    last_error = error.what_without_backtrace();
  } catch (const std::exception& error) {
    last_error = error.what();
  } catch (...) {
    last_error = "unknown C++ exception";
  }
  return 1;
}

}  // namespace understudy
