namespace Simile.Plotting;

/// <summary>What a picture is drawn on.</summary>
public enum MapTheme
{
    /// <summary>White paper.</summary>
    Light,

    /// <summary>A dark screen.</summary>
    Dark,
}
