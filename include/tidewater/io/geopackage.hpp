#pragma once
/// A GeoPackage of plain tables: layers with geometry and tables without, for QGIS and ogrinfo.

#include <array>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "tidewater/base/result.hpp"

namespace tidewater::io {

enum class ColumnKind { kText, kWhole, kReal };
struct Column {
  std::string name;
  ColumnKind kind = ColumnKind::kText;
};

/// monostate is null. A real that is not finite is refused: say null.
using Cell = std::variant<std::monostate, std::string, std::int64_t, double>;
using Row = std::vector<Cell>;

/// A table without geometry.
struct AttributeTable {
  std::string name;
  std::string description;
  std::vector<Column> columns;
  std::vector<Row> rows;  ///< as wide as `columns`
};

enum class LayerKind { kPoint, kLine, kLineZ, kPolygon };

/// Longitude, latitude (degrees, WGS 84), height (m, used by kLineZ only).
using Vertex = std::array<double, 3>;

struct VectorLayer {
  std::string name;
  std::string description;
  LayerKind kind = LayerKind::kPoint;
  std::vector<Column> columns;
  /// One list of vertices a feature: one for a point, two or more for a line, the outer ring of a
  /// polygon (closed or not). An empty list is a feature without geometry.
  std::vector<std::vector<Vertex>> shapes;
  std::vector<Row> rows;  ///< one a shape
};

struct GeoPackage {
  std::vector<VectorLayer> layers;
  std::vector<AttributeTable> tables;
};

/// Writes the package under a temporary name and renames it. The same tables give the same bytes.
///   fails  TW0421 for each name used twice or not of letters, digits and _, row of another width,
///          cell of another kind, number that is not finite, shape with too few vertices
/// Throws tidewater::Error when the disk or GDAL fails; nothing is left then.
[[nodiscard]] Result<void> write_geopackage(std::string const& path, GeoPackage const& package);

}  // namespace tidewater::io
