// c10d's process group over Gloo: what several processes add up, send out or wait for together.
#if __has_include(<gloo/rendezvous/store.h>)
#define UNDERSTUDY_GLOO
#define USE_C10D_GLOO
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
#endif

#include <cstdlib>
#include <stdexcept>

#include "internal.h"

using understudy::borrow;
using understudy::give;
using understudy::guarded;

#ifdef UNDERSTUDY_GLOO

namespace {

using group_pointer = c10::intrusive_ptr<c10d::ProcessGroupGloo>;

c10d::ProcessGroupGloo& group_of(us_group group) { return **static_cast<group_pointer*>(group); }

// The variable that PyTorch reads, too.
auto make_device() {
  const char* interface_name = std::getenv("GLOO_SOCKET_IFNAME");
  return interface_name != nullptr && *interface_name != '\0' ? c10d::ProcessGroupGloo::createDeviceForInterface(interface_name)
                                                               : c10d::ProcessGroupGloo::createDefaultDevice();
}

}  // namespace

US_API int us_group_create(const char* host, int32_t port, int32_t rank, int32_t size, int64_t timeout_ms, us_group* group) {
  return guarded([&] {
    std::chrono::milliseconds timeout(timeout_ms);
    c10d::TCPStoreOptions rendezvous;
    rendezvous.port = static_cast<uint16_t>(port);
    rendezvous.isServer = rank == 0;
    rendezvous.numWorkers = size;
    rendezvous.timeout = timeout;
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
    rendezvous.useLibUV = false;  // the default from 2.4 on, also where libtorch was built without it
#endif
    auto store = c10::make_intrusive<c10d::TCPStore>(host, rendezvous);
    auto options = c10d::ProcessGroupGloo::Options::create(timeout);
    options->devices.push_back(make_device());
    *group = new group_pointer(c10::make_intrusive<c10d::ProcessGroupGloo>(store, rank, size, options));
  });
}

US_API int us_group_all_reduce(us_group group, us_tensor tensor, int32_t operation) {
  return guarded([&] {
    std::vector<at::Tensor> tensors{borrow(tensor)};
    c10d::AllreduceOptions options;
    options.reduceOp = static_cast<c10d::ReduceOp::RedOpType>(operation);
    group_of(group).allreduce(tensors, options)->wait();
  });
}

US_API int us_group_broadcast(us_group group, us_tensor tensor, int32_t root) {
  return guarded([&] {
    std::vector<at::Tensor> tensors{borrow(tensor)};
    c10d::BroadcastOptions options;
    options.rootRank = root;
    group_of(group).broadcast(tensors, options)->wait();
  });
}

US_API int us_group_all_gather(us_group group, us_tensor tensor, us_tensor* results) {
  return guarded([&] {
    std::vector<at::Tensor> inputs{borrow(tensor)};
    std::vector<std::vector<at::Tensor>> outputs(1);
    for (int i = 0; i < group_of(group).getSize(); i++) outputs[0].push_back(at::empty_like(inputs[0]));
    group_of(group).allgather(outputs, inputs)->wait();
    for (size_t i = 0; i < outputs[0].size(); i++) results[i] = give(outputs[0][i]);
  });
}

US_API int us_group_barrier(us_group group) {
  return guarded([&] { group_of(group).barrier()->wait(); });
}

US_API void us_group_free(us_group group) { delete static_cast<group_pointer*>(group); }

#else

namespace {

int refuse() {
  return guarded([] { throw std::runtime_error("the native library was built without Gloo's headers; install libgloo-dev and build it again"); });
}

}  // namespace

US_API int us_group_create(const char*, int32_t, int32_t, int32_t, int64_t, us_group*) { return refuse(); }
US_API int us_group_all_reduce(us_group, us_tensor, int32_t) { return refuse(); }
US_API int us_group_broadcast(us_group, us_tensor, int32_t) { return refuse(); }
US_API int us_group_all_gather(us_group, us_tensor, us_tensor*) { return refuse(); }
US_API int us_group_barrier(us_group) { return refuse(); }
US_API void us_group_free(us_group) {}

#endif
