using Simile.Passages;

namespace Simile.Storage;

/// <summary>A row of the table items, without its file.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Line">Of a passage, its line; otherwise 0.</param>
/// <param name="Start">Of a passage, an offset in characters; of a sound, milliseconds.</param>
/// <param name="Stop">Where it ends, likewise.</param>
/// <param name="Text">Of a passage, the text; otherwise empty.</param>
internal readonly record struct ItemRow(MediaKind Kind, int Line, int Start, int Stop, string Text)
{
    public static ItemRow Of(Passage passage) => new(MediaKind.Text, passage.Line, passage.Start, passage.End, passage.Text);

    public static ItemRow Picture { get; } = new(MediaKind.Image, 0, 0, 0, string.Empty);

    public static ItemRow Sound(TimeSpan start, TimeSpan stop) => new(MediaKind.Sound, 0, Milliseconds(start), Milliseconds(stop), string.Empty);

    private static int Milliseconds(TimeSpan time) => (int)Math.Clamp(Math.Round(time.TotalMilliseconds), 0, int.MaxValue);
}
