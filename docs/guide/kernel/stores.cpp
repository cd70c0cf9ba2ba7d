// Objects in a store, taken by whoever they suit.
#include <cstdio>
#include <string>

#include "tidewater/des/store.hpp"

using namespace tidewater::des;

struct Wagon {
  std::string load;
  int number;
};

Process unloader(Env& env, Store<Wagon>& yard, std::string load) {
  auto const carries_it = [&](Wagon const& wagon) { return wagon.load == load; };
  while (true) {
    auto wagon = co_await yard.get_if(carries_it, 10);  // waits 10 at most
    if (!wagon) {
      std::printf("%3.0f no %s any more\n", env.now(), load.c_str());
      co_return;
    }
    co_await env.hold_or_throw(2);
    std::printf("%3.0f %s wagon %d empty\n", env.now(), load.c_str(), wagon->number);
  }
}

Process shunter(Env& env, Store<Wagon>& yard) {
  for (int number = 1; number <= 4; ++number) {
    Wagon wagon{number % 3 == 0 ? "antimony" : "copper", number};
    auto placed = yard.put(std::move(wagon));  // waits while the yard is full
    static_cast<void>(co_await placed);
    co_await env.hold_or_throw(1);
  }
}

int main() {
  Env env;
  Store<Wagon> yard{env, "yard", 2};
  env.spawn(unloader(env, yard, "copper"), "copper dump");
  env.spawn(unloader(env, yard, "antimony"), "antimony dump");
  env.spawn(shunter(env, yard), "shunter");
  env.run();
}
