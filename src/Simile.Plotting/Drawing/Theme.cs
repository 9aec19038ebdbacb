namespace Simile.Plotting.Drawing;

/// <summary>The colors of a picture, except those of its groups.</summary>
internal sealed record Theme(Color Paper, Color Ink, Color Faint, Color Grid)
{
    public static Theme Of(MapTheme theme) => theme == MapTheme.Dark
        ? new Theme(Color.FromHex(0x14161A), Color.FromHex(0xECEEF1), Color.FromHex(0x9AA2AD), Color.FromHex(0x2C3038))
        : new Theme(Color.FromHex(0xFFFFFF), Color.FromHex(0x1B1E23), Color.FromHex(0x6B7280), Color.FromHex(0xE3E6EA));
}
