namespace Simile.Imaging;

/// <content>Grayscale.</content>
public sealed partial class Picture
{
    /// <summary>
    /// Converts to one channel: .299 red, .587 green and .114 blue, rounded as Pillow's <c>convert("L")</c>. Alpha is dropped.
    /// </summary>
    public Picture ToGray()
    {
        var gray = New(Width, Height, 1);
        for (var i = 0; i < gray._pixels.Length; i++)
        {
            var pixel = _pixels.AsSpan(i * Channels, Channels);
            gray._pixels[i] = Channels < 3
                ? pixel[0]
                : (byte)(((pixel[0] * 19595) + (pixel[1] * 38470) + (pixel[2] * 7471) + 0x8000) >> 16);
        }

        return gray;
    }
}
