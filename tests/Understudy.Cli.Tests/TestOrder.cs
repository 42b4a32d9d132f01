// libtorch's random numbers belong to the process, and so does the memory that a test measures: tests take turns.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
