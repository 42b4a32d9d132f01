#include <ATen/Functions.h>
#include <ATen/Context.h>
#include <torch/version.h>

#include <cstring>

#include "internal.h"

using understudy::borrow;
using understudy::give;
using understudy::guarded;

namespace understudy {
std::atomic<int64_t> live_tensors{0};
}

US_API void us_tensor_free(us_tensor tensor) {
  if (tensor == nullptr) return;
  c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim(static_cast<c10::TensorImpl*>(tensor));
  understudy::live_tensors.fetch_sub(1, std::memory_order_relaxed);
}

US_API int us_tensor_from_data(const void* data, int64_t bytes, const int64_t* shape, int32_t dimensions, int32_t dtype, us_tensor* result) {
  return guarded([&] {
    at::Tensor tensor = at::empty(c10::IntArrayRef(shape, dimensions), at::TensorOptions(static_cast<c10::ScalarType>(dtype)));
    if (static_cast<int64_t>(tensor.nbytes()) != bytes)
      throw std::invalid_argument("the shape wants " + std::to_string(tensor.nbytes()) + " bytes, the data have " + std::to_string(bytes));
    if (bytes > 0) std::memcpy(tensor.data_ptr(), data, bytes);
    *result = give(std::move(tensor));
  });
}

US_API int us_tensor_copy_to(us_tensor tensor, void* data, int64_t bytes) {
  return guarded([&] {
    at::Tensor source = borrow(tensor).detach().to(c10::kCPU).contiguous();
    if (static_cast<int64_t>(source.nbytes()) != bytes)
      throw std::invalid_argument("the tensor holds " + std::to_string(source.nbytes()) + " bytes, the buffer " + std::to_string(bytes));
    if (bytes > 0) std::memcpy(data, source.data_ptr(), bytes);
  });
}

US_API int us_tensor_shape(us_tensor tensor, int64_t* shape, int32_t capacity, int32_t* dimensions) {
  return guarded([&] {
    auto sizes = static_cast<c10::TensorImpl*>(tensor)->sizes();
    *dimensions = static_cast<int32_t>(sizes.size());
    for (int32_t i = 0; i < *dimensions && i < capacity; i++) shape[i] = sizes[i];
  });
}

US_API int us_tensor_info(us_tensor tensor, int64_t* elements, int32_t* dtype, int32_t* device_type, int32_t* device_index, int32_t* flags) {
  return guarded([&] {
    at::Tensor t = borrow(tensor);
    *elements = t.numel();
    *dtype = static_cast<int32_t>(t.scalar_type());
    *device_type = static_cast<int32_t>(t.device().type());
    *device_index = t.device().index();
    *flags = (t.requires_grad() ? 1 : 0) | (t.is_leaf() ? 2 : 0) | (t.is_contiguous() ? 4 : 0) |
             (t.is_contiguous(c10::MemoryFormat::ChannelsLast) ? 8 : 0);
  });
}

US_API int64_t us_tensor_live_count() { return understudy::live_tensors.load(std::memory_order_relaxed); }

US_API const char* us_torch_version() { return TORCH_VERSION; }

US_API int32_t us_cuda_available() { return at::globalContext().hasCUDA() ? 1 : 0; }
