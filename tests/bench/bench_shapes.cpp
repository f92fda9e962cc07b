// The same measurements as bench_traces on documents that were written in ways that may be bad for
// an engine. shapes.h says which.

#include "tests/bench/benchmark_main.h"
#include "tests/bench/shapes.h"

int main(int argc, char **argv)
{
    return cowrite::bench::runBenchmarks(argc, argv, cowrite::bench::shapeNames());
}
