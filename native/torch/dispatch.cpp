// Every operator of libtorch, called by name through the dispatcher's boxed interface.
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/ivalue.h>
#include <ATen/Context.h>

#include "internal.h"

using understudy::borrow;
using understudy::give;
using understudy::guarded;

namespace {

c10::IValue to_ivalue(const us_value& value) {
  switch (value.tag) {
    case US_NONE:
      return c10::IValue();
    case US_TENSOR:
      return c10::IValue(borrow(value.pointer));
    case US_INT:
      return c10::IValue(value.integer);
    case US_DOUBLE:
      return c10::IValue(value.real);
    case US_BOOL:
      return c10::IValue(value.integer != 0);
    case US_INT_LIST: {
      auto items = static_cast<const int64_t*>(value.pointer);
      return c10::IValue(c10::List<int64_t>(c10::ArrayRef<int64_t>(items, value.length)));
    }
    case US_DOUBLE_LIST: {
      auto items = static_cast<const double*>(value.pointer);
      return c10::IValue(c10::List<double>(c10::ArrayRef<double>(items, value.length)));
    }
    case US_BOOL_LIST: {
      auto items = static_cast<const int64_t*>(value.pointer);
      c10::List<bool> list;
      list.reserve(value.length);
      for (int32_t i = 0; i < value.length; i++) list.push_back(items[i] != 0);
      return c10::IValue(std::move(list));
    }
    case US_TENSOR_LIST: {
      auto items = static_cast<const us_tensor*>(value.pointer);
      c10::List<at::Tensor> list;
      list.reserve(value.length);
      for (int32_t i = 0; i < value.length; i++) list.push_back(borrow(items[i]));
      return c10::IValue(std::move(list));
    }
    case US_OPTIONAL_TENSOR_LIST: {
      auto items = static_cast<const us_tensor*>(value.pointer);
      c10::List<understudy::optional_tensor> list;
      list.reserve(value.length);
      for (int32_t i = 0; i < value.length; i++)
        list.push_back(items[i] == nullptr ? understudy::optional_tensor() : understudy::optional_tensor(borrow(items[i])));
      return c10::IValue(std::move(list));
    }
    case US_STRING:
      return c10::IValue(std::string(static_cast<const char*>(value.pointer), value.length));
    case US_DEVICE:
      return c10::IValue(understudy::device_of(value.integer));
    case US_GENERATOR:
      return c10::IValue(at::globalContext().defaultGenerator(understudy::device_of(value.integer)));
    default:
      throw std::invalid_argument("unknown tag " + std::to_string(value.tag));
  }
}

struct Results {
  us_value* items;
  int32_t capacity;
  int32_t count = 0;

  us_value& next(us_tag tag) {
    if (count == capacity) throw std::length_error("the operator has more results than there is room for");
    us_value& value = items[count++];
    value.tag = tag;
    value.length = 0;
    value.integer = 0;
    return value;
  }

  void add(at::Tensor tensor) {
    us_value& value = next(US_TENSOR);
    value.pointer = give(std::move(tensor));
  }

  void add(c10::IValue&& result) {
    if (result.isNone()) {
      next(US_NONE);
    } else if (result.isTensor()) {
      add(std::move(result).toTensor());
    } else if (result.isInt()) {
      next(US_INT).integer = result.toInt();
    } else if (result.isDouble()) {
      next(US_DOUBLE).real = result.toDouble();
    } else if (result.isBool()) {
      next(US_BOOL).integer = result.toBool();
    } else if (result.isTensorList()) {
      auto tensors = std::move(result).toTensorVector();
      next(US_TENSOR_LIST).length = static_cast<int32_t>(tensors.size());
      for (auto& tensor : tensors) add(std::move(tensor));
    } else {
      throw std::invalid_argument("a result of type " + result.tagKind() + " has no translation");
    }
  }
};

}  // namespace

US_API int us_op_find(const char* name, const char* overload, us_op* op) {
  return guarded([&] {
    auto handle = c10::Dispatcher::singleton().findSchemaOrThrow(name, overload);
    *op = new c10::OperatorHandle(handle);
  });
}

US_API int us_op_call(us_op op, const us_value* arguments, int32_t count, us_value* results, int32_t capacity, int32_t* result_count) {
  Results out{results, capacity};
  int status = guarded([&] {
    const auto& handle = *static_cast<const c10::OperatorHandle*>(op);
    const auto& schema = handle.schema();
    // The boxed kernel would take the last of too many.
    if (static_cast<size_t>(count) > schema.arguments().size())
      throw std::invalid_argument(schema.name() + " takes " + std::to_string(schema.arguments().size()) + " arguments, not " + std::to_string(count));
    torch::jit::Stack stack;
    stack.reserve(schema.arguments().size());
    for (int32_t i = 0; i < count; i++) stack.push_back(to_ivalue(arguments[i]));
    for (size_t i = count; i < schema.arguments().size(); i++) {
      const auto& argument = schema.arguments()[i];
      if (!argument.default_value().has_value())
        throw std::invalid_argument(schema.name() + " wants an argument '" + argument.name() + "'");
      stack.push_back(*argument.default_value());
    }
    handle.callBoxed(&stack);
    for (auto& result : stack) out.add(std::move(result));
  });
  if (status != 0) {
    for (int32_t i = 0; i < out.count; i++)
      if (results[i].tag == US_TENSOR) us_tensor_free(results[i].pointer);
    out.count = 0;
  }
  *result_count = out.count;
  return status;
}
