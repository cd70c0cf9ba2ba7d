#pragma once
/// A bucket of terrain tiles on the loopback interface that can be told to misbehave.

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include <httplib.h>

namespace tidewater::io {

class LoopbackBucket {
 public:
  /// How a tile answers; `call` counts the requests for it from 0.
  using Answer = std::function<void(int call, httplib::Response&)>;

  LoopbackBucket() {
    server_.set_keep_alive_max_count(1);  // else stop() waits for idle connections
    server_.Get(R"(/(.+)/(.+)\.tif)",
                [this](httplib::Request const& ask, httplib::Response& answer) {
                  std::string const tile = ask.matches[1];
                  Answer how;
                  int call = 0;
                  {
                    std::lock_guard const lock{mutex_};
                    call = calls_[tile]++;
                    auto const hit = answers_.find(tile);
                    how = hit == answers_.end() ? nullptr : hit->second;
                  }
                  if (how) {
                    how(call, answer);
                  } else {
                    answer.status = 404;
                  }
                });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread{[this] { server_.listen_after_bind(); }};
    while (!server_.is_running()) {
      std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
  }
  ~LoopbackBucket() {
    server_.stop();
    thread_.join();
  }
  LoopbackBucket(LoopbackBucket const&) = delete;
  LoopbackBucket& operator=(LoopbackBucket const&) = delete;

  void put(std::string const& tile, Answer answer) {
    std::lock_guard const lock{mutex_};
    answers_[tile] = std::move(answer);
  }
  [[nodiscard]] int calls(std::string const& tile) {
    std::lock_guard const lock{mutex_};
    return calls_[tile];
  }
  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

  static Answer serve(std::string bytes) {
    return [bytes](int, httplib::Response& answer) { answer.set_content(bytes, "image/tiff"); };
  }
  /// Promises the whole and breaks off halfway.
  static Answer serve_half(std::string bytes) {
    return [bytes](int, httplib::Response& answer) {
      answer.set_content_provider(bytes.size(),
                                  "image/tiff",
                                  [bytes](std::size_t at, std::size_t, httplib::DataSink& sink) {
                                    if (at >= bytes.size() / 2) {
                                      return false;  // the connection closes
                                    }
                                    return sink.write(bytes.data() + at, bytes.size() / 2 - at);
                                  });
    };
  }
  /// `first` for the first `count` requests, `then` after them.
  static Answer until(int count, Answer first, Answer then) {
    return
        [=](int call, httplib::Response& answer) { (call < count ? first : then)(call, answer); };
  }
  static Answer fail(int status) {
    return [status](int, httplib::Response& answer) { answer.status = status; };
  }
  static Answer sleep(double seconds, Answer then) {
    return [=](int call, httplib::Response& answer) {
      std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
      then(call, answer);
    };
  }

 private:
  httplib::Server server_;
  std::mutex mutex_;
  std::map<std::string, Answer> answers_;
  std::map<std::string, int> calls_;
  int port_ = 0;
  std::thread thread_;
};

}  // namespace tidewater::io
