namespace Simile.Plotting;

/// <summary>The background of a picture.</summary>
public enum MapTheme
{
    /// <summary>White background.</summary>
    Light,

    /// <summary>Dark background.</summary>
    Dark,
}
