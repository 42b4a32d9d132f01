// libtorch's generator is the process's own, and its operators use every core: one test at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
