// Texts made of a trace: CSV, JSON lines, Trace Event JSON.

#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "tidewater/des/trace.hpp"

namespace tidewater::des {

namespace {

bool names_something(std::uint32_t kind) {
  return kind == trace_kind::kSpawned ||
         (kind >= trace_kind::kGranted && kind <= trace_kind::kFinished);
}

// Rows in order, with the name their entity has at that moment.
class Reader {
 public:
  explicit Reader(Trace const& trace) : trace_{&trace} {}
  std::string name_of(TraceRow const& row) {
    if (row.kind == trace_kind::kSpawned) {
      names_[row.entity] = static_cast<std::size_t>(row.a);
    } else if (!names_.contains(row.entity)) {
      names_[row.entity] = trace_->name_before(row.entity);
    }
    std::size_t const number = names_[row.entity];
    return number < trace_->names().size() ? trace_->names()[number] : std::string{};
  }
  [[nodiscard]] std::string subject(TraceRow const& row) const {
    return trace_->names().at(static_cast<std::size_t>(row.a));
  }

 private:
  Trace const* trace_;
  std::map<std::uint32_t, std::size_t> names_;
};

std::string quoted_csv(std::string const& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) {
    return text;
  }
  std::string quoted = "\"";
  for (char const c : text) {
    quoted += c == '"' ? "\"\"" : std::string(1, c);
  }
  return quoted + "\"";
}

std::string quoted_json(std::string const& text) {
  std::string quoted = "\"";
  for (char const c : text) {
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      quoted += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      quoted += c;
    }
  }
  return quoted + "\"";
}

// Events of Trace Event JSON; those of one track nest, those with an id need not.
class ChromeEvents {
 public:
  explicit ChromeEvents(double seconds) : microseconds_{seconds * 1e6} {}
  void life(char phase, TraceRow const& row, std::string const& name) {
    add(fmt::format(R"({{"ph":"{}","pid":1,"tid":{},"ts":{},"name":{}}})",
                    phase,
                    row.entity,
                    row.time * microseconds_,
                    quoted_json(name)));
  }
  void instant(TraceRow const& row, std::string const& name) {
    add(fmt::format(
        R"({{"ph":"i","s":"t","pid":1,"tid":{},"ts":{},"name":{},"args":{{"a":{},"b":{}}}}})",
        row.entity,
        row.time * microseconds_,
        quoted_json(name),
        row.a,
        row.b));
  }
  void held(char phase, TraceRow const& row, std::string const& holder, std::uint64_t id) {
    std::size_t const track = tracks_.try_emplace(static_cast<std::size_t>(row.a), 0).first->first;
    add(fmt::format(R"({{"ph":"{}","cat":"held","id":{},"pid":2,"tid":{},"ts":{},"name":{}}})",
                    phase,
                    id,
                    track,
                    row.time * microseconds_,
                    quoted_json(holder)));
  }
  void name_track(int pid, std::size_t tid, char const* what, std::string const& name) {
    add(fmt::format(R"({{"ph":"M","pid":{},"tid":{},"name":"{}","args":{{"name":{}}}}})",
                    pid,
                    tid,
                    what,
                    quoted_json(name)));
  }
  [[nodiscard]] std::map<std::size_t, int> const& tracks() const { return tracks_; }
  [[nodiscard]] std::string text() const { return "{\"traceEvents\":[\n" + events_ + "\n]}\n"; }

 private:
  void add(std::string const& event) { events_ += (events_.empty() ? "" : ",\n") + event; }
  double microseconds_;
  std::string events_;
  std::map<std::size_t, int> tracks_;  // of resources, by number of their name
};

}  // namespace

std::string trace_csv(Trace const& trace) {
  std::string text = "time,entity,name,kind,a,b\n";
  Reader reader{trace};
  for (TraceRow const& row : trace.rows()) {
    std::string const name = reader.name_of(row);
    text += fmt::format(
        "{},{},{},{},{},{}\n",
        row.time,
        row.entity,
        quoted_csv(name),
        quoted_csv(trace.kind_name(row.kind)),
        names_something(row.kind) ? quoted_csv(reader.subject(row)) : fmt::format("{}", row.a),
        row.b);
  }
  return text;
}

std::string trace_json_lines(Trace const& trace) {
  std::string text;
  Reader reader{trace};
  for (TraceRow const& row : trace.rows()) {
    std::string const name = reader.name_of(row);
    text += fmt::format(
        R"({{"time":{},"entity":{},"name":{},"kind":{},"a":{},"b":{}}})"
        "\n",
        row.time,
        row.entity,
        quoted_json(name),
        quoted_json(trace.kind_name(row.kind)),
        names_something(row.kind) ? quoted_json(reader.subject(row)) : fmt::format("{}", row.a),
        row.b);
  }
  return text;
}

std::string trace_chrome(Trace const& trace, double seconds) {
  ChromeEvents events{seconds};
  Reader reader{trace};
  std::set<std::uint32_t> alive;
  std::multimap<std::pair<std::uint32_t, std::size_t>, std::uint64_t> held;
  std::uint64_t grants = 0;
  events.name_track(1, 0, "process_name", "processes");
  events.name_track(2, 0, "process_name", "resources");
  for (TraceRow const& row : trace.rows()) {
    std::string const name = reader.name_of(row);
    std::pair const hold{row.entity, static_cast<std::size_t>(row.a)};
    switch (row.kind) {
      case trace_kind::kSpawned:
        alive.insert(row.entity);
        events.life('B', row, name);
        break;
      case trace_kind::kEnded:
      case trace_kind::kKilled:
        if (alive.erase(row.entity) > 0) {  // else its beginning was dropped
          events.life('E', row, name);
        }
        break;
      case trace_kind::kBegan:
        events.life('B', row, reader.subject(row));
        break;
      case trace_kind::kFinished:
        events.life('E', row, reader.subject(row));
        break;
      case trace_kind::kGranted:
        held.emplace(hold, ++grants);
        events.held('b', row, name, grants);
        break;
      case trace_kind::kReleased:
        if (auto const one = held.find(hold); one != held.end()) {
          events.held('e', row, name, one->second);
          held.erase(one);
        }
        break;
      default:
        events.instant(row, trace.kind_name(row.kind));
    }
  }
  for (auto const& [track, unused] : events.tracks()) {
    events.name_track(2, track, "thread_name", trace.names()[track]);
  }
  return events.text();
}

}  // namespace tidewater::des
