namespace Simile.Models;

/// <summary>What a quantisation made.</summary>
/// <param name="Folder">The folder of the new model.</param>
/// <param name="Matrices">Matrices that are bytes now.</param>
/// <param name="BytesBefore">Bytes of the weights it was made from.</param>
/// <param name="Bytes">Bytes of the new weights.</param>
/// <param name="EmbedsTexts">Whether it makes vectors of texts, on which <see cref="QuantizationLoss"/> can be measured.</param>
public sealed record QuantizationResult(string Folder, int Matrices, long BytesBefore, long Bytes, bool EmbedsTexts);
