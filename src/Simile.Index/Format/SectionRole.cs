namespace Simile.Index.Format;

/// <summary>The effect of damage to a section. The numbers are part of the format.</summary>
internal enum SectionRole
{
    /// <summary>Vectors or codes: any bytes are safe to read; damage gives wrong scores.</summary>
    Values = 0,

    /// <summary>Ids, positions, counts: damage could lead a search out of its memory. Verified on every opening.</summary>
    Structure = 1,
}
