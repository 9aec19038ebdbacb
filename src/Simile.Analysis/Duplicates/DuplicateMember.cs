namespace Simile.Analysis;

/// <summary>A duplicate of the kept item.</summary>
/// <param name="Row">Its row number in the compared vectors.</param>
/// <param name="Score">Its score to the kept item: greater is closer. It may be below the threshold if other items connect the two.</param>
/// <param name="IsExact">Whether both are equal: the same vector, or the same content if the caller gave contents.</param>
public readonly record struct DuplicateMember(int Row, float Score, bool IsExact);
