// Replays recordings of real writing (README.md says where they come from). One benchmark a
// measurement and trace, each a whole replay; the median of the repetitions is the figure to quote.

#include "tests/bench/benchmark_main.h"
#include "tests/bench/shapes.h"

int main(int argc, char **argv)
{
    return cowrite::bench::runBenchmarks(argc, argv, cowrite::bench::recordingNames());
}
