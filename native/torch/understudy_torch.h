// The C ABI over libtorch. Conventions, for every function:
// - it returns 0, or 1 after an exception, whose text us_last_error() gives until the thread's next call;
// - a us_tensor that a function returns is owned by the caller, who frees it with us_tensor_free; one that it takes stays the caller's;
// - strings and arrays that it takes are read before it returns and stay the caller's.
#pragma once

#include <stdint.h>

#define US_API extern "C" __attribute__((visibility("default")))

// Raised whenever a signature or struct below changes; the managed side refuses another version.
#define US_ABI_VERSION 1

typedef void* us_tensor;
typedef void* us_op;
typedef void* us_module;
typedef void* us_group;

// What a us_value holds; the numbers are part of the ABI.
enum us_tag : int32_t {
  US_NONE = 0,
  US_TENSOR = 1,       // tensor, or null for an undefined one
  US_INT = 2,          // integer; also scalar type, layout, memory format
  US_DOUBLE = 3,       // real
  US_BOOL = 4,         // integer, 0 or 1
  US_INT_LIST = 5,     // pointer to `length` int64_t
  US_DOUBLE_LIST = 6,  // pointer to `length` double
  US_TENSOR_LIST = 7,  // pointer to `length` us_tensor; as a result: `length` US_TENSOR values follow
  US_OPTIONAL_TENSOR_LIST = 8,
  US_STRING = 9,       // pointer to `length` bytes of UTF-8
  US_DEVICE = 10,      // integer: device type in the high 32 bits, index in the low
  US_BOOL_LIST = 11,   // pointer to `length` int64_t, each 0 or 1
  US_GENERATOR = 12,   // the default generator of the device in `integer`
};

struct us_value {
  int32_t tag;
  int32_t length;
  union {
    int64_t integer;
    double real;
    void* pointer;
  };
};

// --- error.cpp
US_API const char* us_last_error();  // owned by the library, valid until the thread's next call
US_API int32_t us_abi_version();

// --- dispatch.cpp
US_API int us_op_find(const char* name, const char* overload, us_op* op);  // the handle lives as long as the process
US_API int us_op_call(us_op op, const us_value* arguments, int32_t count, us_value* results, int32_t capacity, int32_t* result_count);  // tensors in results are the caller's; more results than capacity is an error

// --- tensor.cpp
US_API void us_tensor_free(us_tensor tensor);
US_API int us_tensor_from_data(const void* data, int64_t bytes, const int64_t* shape, int32_t dimensions, int32_t dtype, us_tensor* result);  // copies the data
US_API int us_tensor_copy_to(us_tensor tensor, void* data, int64_t bytes);  // writes contiguous elements to the caller's memory
US_API int us_tensor_shape(us_tensor tensor, int64_t* shape, int32_t capacity, int32_t* dimensions);
US_API int us_tensor_info(us_tensor tensor, int64_t* elements, int32_t* dtype, int32_t* device_type, int32_t* device_index, int32_t* flags);  // flags: 1 requires grad, 2 leaf, 4 contiguous, 8 contiguous channels-last
US_API int64_t us_tensor_live_count();    // handles given out and not freed
US_API const char* us_torch_version();    // owned by the library
US_API int32_t us_cuda_available();

// --- autograd.cpp
US_API int us_requires_grad_set(us_tensor tensor, int32_t requires_grad);
US_API int us_grad_get(us_tensor tensor, us_tensor* grad);  // null where there is none
US_API int us_grad_set(us_tensor tensor, us_tensor grad);   // null clears it
US_API int us_backward(const us_tensor* outputs, int32_t count, const us_tensor* gradients, int32_t retain_graph, int32_t create_graph);  // gradients may be null: ones
US_API int us_grad(const us_tensor* outputs, int32_t output_count, const us_tensor* inputs, int32_t input_count, const us_tensor* gradients, int32_t retain_graph, int32_t create_graph, int32_t allow_unused, us_tensor* results);  // results: input_count, null where unused
US_API int32_t us_grad_mode_get();
US_API void us_grad_mode_set(int32_t enabled);

// --- random.cpp
US_API int us_manual_seed(uint64_t seed);  // every device's default generator

// --- threads.cpp
US_API int us_threads_set(int32_t threads);
US_API int32_t us_threads_get();
US_API int us_threads_run(int32_t parts, void (*work)(void* state, int32_t part), void* state);  // calls `work` for 0 … parts - 1 on libtorch's threads, where operators take one thread each; it must not throw

// --- script.cpp
typedef int (*us_forward)(void* state, const us_tensor* inputs, int32_t input_count, us_tensor* output);  // inputs stay the library's, output becomes it; returns 0, or 1 to abort
US_API int us_script_trace(us_forward forward, void* state, const us_tensor* inputs, int32_t input_count, const char* const* names, const us_tensor* tensors, const int32_t* is_buffer, int32_t count, const char* path);  // saves the traced forward with `names`/`tensors` as its state
US_API int32_t us_script_is_tracing();
US_API int us_script_load(const char* path, us_module* module);  // freed with us_script_free
US_API int us_script_forward(us_module module, const us_tensor* inputs, int32_t count, us_tensor* output);
US_API int us_script_to(us_module module, int64_t device);  // device as in US_DEVICE
US_API void us_script_free(us_module module);

// --- distributed.cpp: each process of a group makes the same calls in the same order; each call blocks until all have made it, or fails after the timeout
US_API int us_group_create(const char* host, int32_t port, int32_t rank, int32_t size, int64_t timeout_ms, us_group* group);  // rank 0 listens at the port; freed with us_group_free
US_API int us_group_all_reduce(us_group group, us_tensor tensor, int32_t operation);  // in place; operation: 0 sum, 3 minimum, 4 maximum (c10d's numbers)
US_API int us_group_broadcast(us_group group, us_tensor tensor, int32_t root);        // in place, from rank `root`
US_API int us_group_all_gather(us_group group, us_tensor tensor, us_tensor* results); // room for one result a rank
US_API int us_group_barrier(us_group group);
US_API void us_group_free(us_group group);
