// TorchScript: a forward pass written in C# leaves as a traced module; a module written elsewhere comes in frozen.
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/frontend/tracer.h>
#include <torch/csrc/jit/serialization/import.h>

#include <algorithm>

#include "internal.h"

using understudy::borrow;
using understudy::borrow_all;
using understudy::give;
using understudy::guarded;

namespace {

// The class of the part that a state name's prefix names; parts may be called 0, 1, …, classes may not.
std::string class_name(std::string prefix) {
  std::replace(prefix.begin(), prefix.end(), '.', '_');
  return "__torch__.Part_" + prefix;
}

// Registers a.b.weight on the child module `b` of the child module `a`, making what is missing.
void register_state(torch::jit::Module root, const std::string& name, const at::Tensor& tensor, bool is_buffer) {
  size_t start = 0;
  torch::jit::Module module = root;
  for (size_t dot = name.find('.'); dot != std::string::npos; start = dot + 1, dot = name.find('.', start)) {
    auto child = name.substr(start, dot - start);
    if (!module.hasattr(child)) module.register_module(child, torch::jit::Module(class_name(name.substr(0, dot))));
    module = module.attr(child).toModule();
  }
  auto leaf = name.substr(start);
  if (is_buffer) module.register_buffer(leaf, tensor);
  else module.register_parameter(leaf, tensor, false);
}

}  // namespace

US_API int us_script_trace(us_forward forward, void* state, const us_tensor* inputs, int32_t input_count, const char* const* names,
                           const us_tensor* tensors, const int32_t* is_buffer, int32_t count, const char* path) {
  return guarded([&] {
    torch::jit::Module module("__torch__.Traced");
    for (int32_t i = 0; i < count; i++) register_state(module, names[i], borrow(tensors[i]), is_buffer[i] != 0);
    torch::jit::Stack stack;
    for (auto& input : borrow_all(inputs, input_count)) stack.push_back(input);
    auto traced = torch::jit::tracer::trace(
        std::move(stack),
        [&](torch::jit::Stack arguments) {
          std::vector<us_tensor> handles;
          for (auto& argument : arguments) handles.push_back(give(argument.toTensor()));
          us_tensor output = nullptr;
          int status = forward(state, handles.data(), static_cast<int32_t>(handles.size()), &output);
          for (auto handle : handles) us_tensor_free(handle);
          if (status != 0) throw std::runtime_error("the traced forward pass failed");
          at::Tensor result = borrow(output);
          us_tensor_free(output);
          return torch::jit::Stack{result};
        },
        [](const torch::autograd::Variable&) { return std::string(); }, true, false, &module);
    module.type()->addMethod(module._ivalue()->compilation_unit()->create_function(c10::QualifiedName(*module.type()->name(), "forward"),
                                                                                   traced.first->graph));
    module.eval();
    module.save(path);
  });
}

US_API int32_t us_script_is_tracing() { return torch::jit::tracer::isTracing() ? 1 : 0; }

US_API int us_script_load(const char* path, us_module* module) {
  return guarded([&] {
    auto loaded = torch::jit::load(path);
    loaded.eval();
    for (auto parameter : loaded.parameters()) parameter.requires_grad_(false);
    *module = new torch::jit::Module(std::move(loaded));
  });
}

US_API int us_script_forward(us_module module, const us_tensor* inputs, int32_t count, us_tensor* output) {
  return guarded([&] {
    std::vector<c10::IValue> arguments;
    for (auto& input : borrow_all(inputs, count)) arguments.emplace_back(input);
    auto result = static_cast<torch::jit::Module*>(module)->forward(std::move(arguments));
    if (!result.isTensor()) throw std::invalid_argument("the module's forward gives " + result.tagKind() + ", not one tensor");
    *output = give(result.toTensor());
  });
}

US_API int us_script_to(us_module module, int64_t device) {
  return guarded([&] { static_cast<torch::jit::Module*>(module)->to(understudy::device_of(device)); });
}

US_API void us_script_free(us_module module) { delete static_cast<torch::jit::Module*>(module); }
