#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>

#include "internal.h"

using understudy::borrow;
using understudy::borrow_all;
using understudy::give;
using understudy::guarded;

US_API int us_requires_grad_set(us_tensor tensor, int32_t requires_grad) {
  return guarded([&] { borrow(tensor).set_requires_grad(requires_grad != 0); });
}

US_API int us_grad_get(us_tensor tensor, us_tensor* grad) {
  return guarded([&] { *grad = give(borrow(tensor).grad()); });
}

US_API int us_grad_set(us_tensor tensor, us_tensor grad) {
  return guarded([&] { borrow(tensor).mutable_grad() = borrow(grad); });
}

US_API int us_backward(const us_tensor* outputs, int32_t count, const us_tensor* gradients, int32_t retain_graph, int32_t create_graph) {
  return guarded([&] {
    auto seeds = gradients == nullptr ? std::vector<at::Tensor>() : borrow_all(gradients, count);
    torch::autograd::backward(borrow_all(outputs, count), seeds, retain_graph != 0, create_graph != 0);
  });
}

US_API int us_grad(const us_tensor* outputs, int32_t output_count, const us_tensor* inputs, int32_t input_count, const us_tensor* gradients,
                   int32_t retain_graph, int32_t create_graph, int32_t allow_unused, us_tensor* results) {
  return guarded([&] {
    auto seeds = gradients == nullptr ? std::vector<at::Tensor>() : borrow_all(gradients, output_count);
    auto grads = torch::autograd::grad(borrow_all(outputs, output_count), borrow_all(inputs, input_count), seeds, retain_graph != 0,
                                       create_graph != 0, allow_unused != 0);
    for (int32_t i = 0; i < input_count; i++) results[i] = give(std::move(grads[i]));
  });
}

US_API int32_t us_grad_mode_get() { return c10::GradMode::is_enabled() ? 1 : 0; }

US_API void us_grad_mode_set(int32_t enabled) { c10::GradMode::set_enabled(enabled != 0); }
