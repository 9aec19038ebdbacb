namespace Simile.VectorData;

/// <summary>When a change is acknowledged.</summary>
public enum Durability
{
    /// <summary>When it is on the disk: it survives a crash of the program, the system and the power supply.</summary>
    Full,

    /// <summary>
    /// When the system has it: it survives a crash of the program. After a power failure the last changes may be missing; what is there is
    /// whole.
    /// </summary>
    Relaxed,
}
