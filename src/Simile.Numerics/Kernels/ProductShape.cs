namespace Simile.Numerics.Kernels;

/// <summary>
/// The sizes of a product and the strides of its operands: A[i, k] is <c>a[i · ARow + k · AColumn]</c>, B[k, j] is <c>b[k · BRow + j ·
/// BColumn]</c>.
/// </summary>
internal readonly record struct ProductShape(int Rows, int Inner, int Columns, int ARow, int AColumn, int BRow, int BColumn);
