using Simile.Passages;

namespace Simile.Storage;

/// <summary>A row of the table items, without its file.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Line">The line of a passage; otherwise 0.</param>
/// <param name="Start">For a passage, an offset in characters; for a sound, milliseconds.</param>
/// <param name="Stop">The end, in the same unit.</param>
/// <param name="Text">The text of a passage; otherwise empty.</param>
internal readonly record struct ItemRow(MediaKind Kind, int Line, int Start, int Stop, string Text)
{
    /// <summary>The headings above a passage; empty if there are none.</summary>
    public string Heading { get; init; } = string.Empty;

    public static ItemRow Of(Passage passage) =>
        new(MediaKind.Text, passage.Line, passage.Start, passage.End, passage.Text) { Heading = passage.Heading };

    public static ItemRow Picture { get; } = new(MediaKind.Image, 0, 0, 0, string.Empty);

    public static ItemRow Sound(TimeSpan start, TimeSpan stop) =>
        new(MediaKind.Sound, 0, Milliseconds(start), Milliseconds(stop), string.Empty);

    private static int Milliseconds(TimeSpan time) => (int)Math.Clamp(Math.Round(time.TotalMilliseconds), 0, int.MaxValue);
}
