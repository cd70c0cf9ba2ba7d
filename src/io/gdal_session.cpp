#include "gdal_session.hpp"

#include <fmt/format.h>

namespace tidewater::io {

GdalSession::GdalSession() {
  static bool const registered = [] {
    GDALAllRegister();
    return true;
  }();
  static_cast<void>(registered);
  CPLPushErrorHandlerEx(&GdalSession::hear, this);
}

GdalSession::~GdalSession() {
  CPLPopErrorHandler();
  for (auto const& [key, value] : before_) {
    CPLSetThreadLocalConfigOption(key.c_str(), value.empty() ? nullptr : value.c_str());
  }
}

void GdalSession::option(std::string const& key, std::string const& value) {
  char const* const old = CPLGetThreadLocalConfigOption(key.c_str(), nullptr);
  before_.emplace_back(key, old == nullptr ? "" : old);
  CPLSetThreadLocalConfigOption(key.c_str(), value.c_str());
}

void CPL_STDCALL GdalSession::hear(CPLErr severity, CPLErrorNum /*number*/, char const* words) {
  if (severity >= CE_Warning && words != nullptr) {
    static_cast<GdalSession*>(CPLGetErrorHandlerUserData())->said_.emplace_back(words);
  }
}

std::string GdalSession::complaint(std::string const& otherwise) const {
  return said_.empty() ? otherwise : said_.front();
}

std::string GdalSession::complaints() const {
  return fmt::format("{}", fmt::join(said_, "; "));
}

}  // namespace tidewater::io
