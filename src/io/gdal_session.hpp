#pragma once
/// What every use of GDAL here shares: drivers registered once, its complaints caught instead of
/// printed, its settings undone, its handles closed.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <cpl_conv.h>
#include <gdal.h>

namespace tidewater::io {

/// Registers the drivers and gathers what GDAL says on this thread while it lives.
class GdalSession {
 public:
  GdalSession();
  ~GdalSession();
  GdalSession(GdalSession const&) = delete;
  GdalSession& operator=(GdalSession const&) = delete;

  /// Sets an option on this thread until the session ends.
  void option(std::string const& key, std::string const& value);

  /// Its first complaint since forget(), or `otherwise`.
  [[nodiscard]] std::string complaint(std::string const& otherwise) const;
  /// All of them, joined.
  [[nodiscard]] std::string complaints() const;
  void forget() { said_.clear(); }

 private:
  static void CPL_STDCALL hear(CPLErr severity, CPLErrorNum number, char const* words);
  std::vector<std::string> said_;
  std::vector<std::pair<std::string, std::string>> before_;  ///< options to restore
};

struct CloseDataset {
  void operator()(GDALDatasetH dataset) const { GDALClose(dataset); }
};
using Dataset = std::unique_ptr<void, CloseDataset>;

}  // namespace tidewater::io
