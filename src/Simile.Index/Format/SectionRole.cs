namespace Simile.Index.Format;

/// <summary>What damage to a section could do; the numbers stand in files.</summary>
internal enum SectionRole
{
    /// <summary>Vectors or codes: any bytes are safe to read, damaged ones give wrong scores.</summary>
    Values = 0,

    /// <summary>Ids, positions, counts: damaged ones could lead a search out of its memory. Checked at every opening.</summary>
    Structure = 1,
}
