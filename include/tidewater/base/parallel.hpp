#pragma once
/// Independent pieces of work over a few threads. Each piece writes only its own slot, so the
/// answer does not depend on the number of threads.

#include <cstddef>
#include <functional>

namespace tidewater {

/// Calls work(0) .. work(count - 1), each once, on up to `threads` threads (1 = on this one).
/// The exception of the lowest failing index is rethrown when all threads have stopped.
void parallel_for(std::size_t count, int threads, std::function<void(std::size_t)> const& work);

}  // namespace tidewater
