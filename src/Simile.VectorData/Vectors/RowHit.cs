namespace Simile.VectorData.Vectors;

/// <summary>A row of the database and its score: greater is closer.</summary>
internal readonly record struct RowHit(long Row, float Score);
