#include "tidewater/io/geopackage.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <set>

#include <fmt/format.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include "tidewater/io/files.hpp"

#include "gdal_session.hpp"

namespace tidewater::io {

namespace {

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

bool is_name(std::string const& name) {
  auto const folded = lower(name);
  bool const word = !name.empty() && name.size() <= 60 && !(name[0] >= '0' && name[0] <= '9') &&
                    std::all_of(folded.begin(), folded.end(), [](char c) {
                      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
                    });
  return word && !folded.starts_with("gpkg_") && !folded.starts_with("rtree_") &&
         !folded.starts_with("sqlite_");
}

/// Checks everything before anything is written.
class PackageCheck {
 public:
  Diagnostics check(GeoPackage const& package) {
    for (auto const& layer : package.layers) {
      table(layer.name, layer.columns, layer.rows);
      shapes(layer);
    }
    for (auto const& t : package.tables) {
      table(t.name, t.columns, t.rows);
    }
    return std::move(faults_);
  }

 private:
  void fault(std::string const& where, std::string what, std::string remedy) {
    faults_.push_back({Severity::kError, where, std::move(what), std::move(remedy), "TW0421", {}});
  }

  void table(std::string const& name,
             std::vector<Column> const& columns,
             std::vector<Row> const& rows) {
    if (!is_name(name) || !tables_.insert(lower(name)).second) {
      fault(name,
            fmt::format("'{}' cannot name a table, or does so twice", name),
            "use letters, digits and _, each name once");
    }
    std::set<std::string> names{"fid", "geom"};  // the package's own columns
    for (auto const& column : columns) {
      if (!is_name(column.name) || !names.insert(lower(column.name)).second) {
        fault(name,
              fmt::format("'{}' cannot name a column, or does so twice", column.name),
              "use letters, digits and _, each name once, and neither fid nor geom");
      }
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
      row(fmt::format("{}/{}", name, i), columns, rows[i]);
    }
  }

  void row(std::string const& where, std::vector<Column> const& columns, Row const& cells) {
    if (cells.size() != columns.size()) {
      fault(where,
            fmt::format("{} cells for {} columns", cells.size(), columns.size()),
            "give a cell for each column; monostate for none");
      return;
    }
    for (std::size_t i = 0; i < cells.size(); ++i) {
      bool const null = std::holds_alternative<std::monostate>(cells[i]);
      bool const fits = cells[i].index() == static_cast<std::size_t>(columns[i].kind) + 1;
      if (!null && !fits) {
        fault(where,
              fmt::format("the cell of '{}' is of another kind than its column", columns[i].name),
              "store text, whole numbers and reals in columns of their kind");
      }
      if (auto const* const real = std::get_if<double>(&cells[i]);
          real != nullptr && !std::isfinite(*real)) {
        fault(where, fmt::format("'{}' is not a finite number", columns[i].name), "store null");
      }
    }
  }

  void shapes(VectorLayer const& layer) {
    if (layer.shapes.size() != layer.rows.size()) {
      fault(layer.name,
            fmt::format("{} shapes for {} rows", layer.shapes.size(), layer.rows.size()),
            "give one shape a row; an empty one for none");
    }
    std::size_t const fewest = layer.kind == LayerKind::kPoint     ? 1
                               : layer.kind == LayerKind::kPolygon ? 3
                                                                   : 2;
    for (std::size_t i = 0; i < layer.shapes.size(); ++i) {
      auto const& shape = layer.shapes[i];
      bool const enough =
          shape.empty() ||
          (layer.kind == LayerKind::kPoint ? shape.size() == 1 : shape.size() >= fewest);
      bool const finite = std::all_of(shape.begin(), shape.end(), [](Vertex const& v) {
        return std::isfinite(v[0]) && std::isfinite(v[1]) && std::isfinite(v[2]);
      });
      if (!enough || !finite) {
        fault(
            fmt::format("{}/{}", layer.name, i),
            fmt::format("a shape of {} vertices{}", shape.size(), finite ? "" : ", not all finite"),
            fmt::format("give {} finite vertices or more", fewest));
      }
    }
  }

  std::set<std::string> tables_;
  Diagnostics faults_;
};

struct DestroyFeature {
  void operator()(OGRFeatureH feature) const { OGR_F_Destroy(feature); }
};
struct DestroySrs {
  void operator()(OGRSpatialReferenceH srs) const { OSRDestroySpatialReference(srs); }
};

OGRwkbGeometryType type_of(LayerKind kind) {
  switch (kind) {
    case LayerKind::kPoint:
      return wkbPoint;
    case LayerKind::kLine:
      return wkbLineString;
    case LayerKind::kLineZ:
      return wkbLineString25D;
    case LayerKind::kPolygon:
      return wkbPolygon;
  }
  return wkbUnknown;
}

OGRGeometryH geometry(LayerKind kind, std::vector<Vertex> const& shape) {
  OGRGeometryH const simple =
      OGR_G_CreateGeometry(kind == LayerKind::kPolygon ? wkbLinearRing : type_of(kind));
  for (auto const& v : shape) {
    if (kind == LayerKind::kLineZ) {
      OGR_G_AddPoint(simple, v[0], v[1], v[2]);
    } else {
      OGR_G_AddPoint_2D(simple, v[0], v[1]);
    }
  }
  if (kind != LayerKind::kPolygon) {
    return simple;
  }
  OGR_G_CloseRings(simple);
  OGRGeometryH const polygon = OGR_G_CreateGeometry(wkbPolygon);
  OGR_G_AddGeometryDirectly(polygon, simple);
  return polygon;
}

/// Writes checked tables into one new file.
class PackageWriter {
 public:
  explicit PackageWriter(std::string const& path) : path_{path} {
    // The package stamps each table with the time of writing; the same tables give the same bytes.
    gdal_.option("OGR_CURRENT_DATE", "2000-01-01T00:00:00.000Z");
    gdal_.option("OGR_SQLITE_SYNCHRONOUS", "OFF");  // flushed once, when it is whole
    dataset_.reset(
        GDALCreate(GDALGetDriverByName("GPKG"), path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    require(dataset_ != nullptr, "cannot be made");
    srs_.reset(OSRNewSpatialReference(nullptr));
    require(OSRImportFromEPSG(srs_.get(), 4326) == OGRERR_NONE, "WGS 84 is not known to PROJ");
    OSRSetAxisMappingStrategy(srs_.get(), OAMS_TRADITIONAL_GIS_ORDER);  // longitude first
    require(GDALDatasetStartTransaction(dataset_.get(), FALSE) == OGRERR_NONE,
            "takes no transaction");
  }

  void write(VectorLayer const& layer) {
    auto* const to = table(layer.name, layer.description, type_of(layer.kind), layer.columns);
    for (std::size_t i = 0; i < layer.rows.size(); ++i) {
      auto const feature = filled(to, layer.columns, layer.rows[i]);
      if (!layer.shapes[i].empty()) {
        OGR_F_SetGeometryDirectly(feature.get(), geometry(layer.kind, layer.shapes[i]));
      }
      store(to, feature.get());
    }
  }

  void write(AttributeTable const& from) {
    auto* const to = table(from.name, from.description, wkbNone, from.columns);
    for (auto const& row : from.rows) {
      store(to, filled(to, from.columns, row).get());
    }
  }

  void finish() {
    require(GDALDatasetCommitTransaction(dataset_.get()) == OGRERR_NONE, "cannot be committed");
    gdal_.forget();
    dataset_.reset();
    require(gdal_.complaints().empty(), "cannot be closed");
  }

 private:
  using Feature = std::unique_ptr<std::remove_pointer_t<OGRFeatureH>, DestroyFeature>;

  void require(bool holds, std::string_view step) const {
    if (!holds) {
      throw Error{fmt::format("{}: {}: {}", path_, step, gdal_.complaint("no reason given"))};
    }
  }

  OGRLayerH table(std::string const& name,
                  std::string const& description,
                  OGRwkbGeometryType type,
                  std::vector<Column> const& columns) {
    std::string told = "DESCRIPTION=" + description;
    std::string aspatial = "ASPATIAL_VARIANT=GPKG_ATTRIBUTES";
    std::array<char*, 3> options{told.data(), aspatial.data(), nullptr};
    if (type != wkbNone) {
      options[1] = nullptr;
    }
    auto* const layer = GDALDatasetCreateLayer(
        dataset_.get(), name.c_str(), type == wkbNone ? nullptr : srs_.get(), type, options.data());
    require(layer != nullptr, name);
    constexpr std::array<OGRFieldType, 3> kTypes{OFTString, OFTInteger64, OFTReal};
    for (auto const& column : columns) {
      auto* const field =
          OGR_Fld_Create(column.name.c_str(), kTypes[static_cast<std::size_t>(column.kind)]);
      bool const made = OGR_L_CreateField(layer, field, FALSE) == OGRERR_NONE;
      OGR_Fld_Destroy(field);
      require(made, column.name);
    }
    return layer;
  }

  static Feature filled(OGRLayerH layer, std::vector<Column> const& columns, Row const& row) {
    Feature feature{
        static_cast<std::remove_pointer_t<OGRFeatureH>*>(OGR_F_Create(OGR_L_GetLayerDefn(layer)))};
    for (std::size_t i = 0; i < columns.size(); ++i) {
      int const at = static_cast<int>(i);
      if (auto const* const text = std::get_if<std::string>(&row[i])) {
        OGR_F_SetFieldString(feature.get(), at, text->c_str());
      } else if (auto const* const whole = std::get_if<std::int64_t>(&row[i])) {
        OGR_F_SetFieldInteger64(feature.get(), at, *whole);
      } else if (auto const* const real = std::get_if<double>(&row[i])) {
        OGR_F_SetFieldDouble(feature.get(), at, *real);
      } else {
        OGR_F_SetFieldNull(feature.get(), at);
      }
    }
    return feature;
  }

  void store(OGRLayerH layer, OGRFeatureH feature) const {
    require(OGR_L_CreateFeature(layer, feature) == OGRERR_NONE, "a row cannot be stored");
  }

  std::string path_;
  GdalSession gdal_;
  Dataset dataset_;
  std::unique_ptr<std::remove_pointer_t<OGRSpatialReferenceH>, DestroySrs> srs_;
};

}  // namespace

Result<void> write_geopackage(std::string const& path, GeoPackage const& package) {
  if (auto faults = PackageCheck{}.check(package); !faults.empty()) {
    return reject(std::move(faults));
  }
  auto const temporary = temporary_beside(path);
  try {
    PackageWriter writer{temporary};
    for (auto const& layer : package.layers) {
      writer.write(layer);
    }
    for (auto const& table : package.tables) {
      writer.write(table);
    }
    writer.finish();
  } catch (Error const&) {
    discard(temporary);
    discard(temporary + "-journal");
    throw;
  }
  settle(temporary, path);
  return {};
}

}  // namespace tidewater::io
