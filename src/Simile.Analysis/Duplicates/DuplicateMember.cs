namespace Simile.Analysis;

/// <summary>An item that another one stands for.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Score">How close it is to the one that is kept: greater is closer. It may be below the threshold where items between join the two.</param>
/// <param name="IsExact">Whether both are equal: the same vector, or the same content where the caller named contents.</param>
public readonly record struct DuplicateMember(int Row, float Score, bool IsExact);
