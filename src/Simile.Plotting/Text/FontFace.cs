using System.Runtime.InteropServices;
using HarfBuzzSharp;
using SkiaSharp;

namespace Simile.Plotting.Text;

/// <summary>One font in the two libraries that need it: HarfBuzz chooses and places glyphs, Skia draws them.</summary>
/// <remarks>Owns the typeface. Safe for concurrent readers.</remarks>
internal sealed class FontFace(SKTypeface typeface) : IDisposable
{
    /// <summary>Glyphs are placed in units of 1/64 pixel.</summary>
    public const int Unit = 64;

    private readonly SKFont _lookup = new(typeface);
    private readonly Lock _lock = new();
    private Face? _face;

    public SKTypeface Typeface => typeface;

    public string Family => typeface.FamilyName;

    public bool Has(int codePoint)
    {
        lock (_lock)
        {
            return _lookup.GetGlyph(codePoint) != 0;
        }
    }

    /// <summary>The HarfBuzz font for a size in pixels. The caller disposes it.</summary>
    public Font Shaper(float size)
    {
        lock (_lock)
        {
            _face ??= new Face(Bytes(out var index), index) { UnitsPerEm = typeface.UnitsPerEm };
        }

        var font = new Font(_face);
        font.SetScale((int)MathF.Round(size * Unit), (int)MathF.Round(size * Unit));
        font.SetFunctionsOpenType();
        return font;
    }

    public void Dispose()
    {
        _face?.Dispose();
        _lookup.Dispose();
        typeface.Dispose();
    }

    private Blob Bytes(out int index)
    {
        using var stream = typeface.OpenStream(out index);
        var memory = Marshal.AllocHGlobal(stream.Length);
        stream.Read(memory, stream.Length);
        return new Blob(memory, stream.Length, MemoryMode.ReadOnly, () => Marshal.FreeHGlobal(memory));
    }
}
