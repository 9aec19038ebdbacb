namespace Simile.Models;

/// <summary>What <see cref="ModelQuantizer"/> wrote, with the sizes before and after.</summary>
/// <param name="Folder">The folder of the new model.</param>
/// <param name="Matrices">Number of quantized matrices.</param>
/// <param name="BytesBefore">Size of the original weights in bytes.</param>
/// <param name="Bytes">Size of the new weights in bytes.</param>
/// <param name="EmbedsTexts">Whether the model embeds texts, so that <see cref="QuantizationLoss"/> can be measured.</param>
public sealed record QuantizationResult(string Folder, int Matrices, long BytesBefore, long Bytes, bool EmbedsTexts);
