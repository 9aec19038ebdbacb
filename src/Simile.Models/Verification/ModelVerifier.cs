using Simile.Models.BuiltIn;

namespace Simile.Models.Verification;

/// <summary>Compares a model with its authors' published values, to establish trust in it.</summary>
/// <remarks>
/// Files are compared with hashes of known models, with hashes in the hub cache's file names, or with hashes from the user.
/// Tokens, pixels and vectors are compared with values of known models, or with values from the user's own reference. See
/// docs/models/verify.md.
/// </remarks>
public static class ModelVerifier
{
    /// <summary>Makes every comparison for which an expected value is known.</summary>
    /// <param name="model"><see cref="TextEmbedder.BuiltIn"/>, a folder, a file, or the name of a model in the hub's cache.</param>
    /// <param name="options">Further values to compare with; null for none.</param>
    /// <param name="cancellationToken">Stops between files and items.</param>
    /// <returns>
    /// The comparisons, files first. The model is as expected if none is <see cref="CheckVerdict.Different"/> and some are
    /// <see cref="CheckVerdict.Same"/>.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is negative or not a number.</exception>
    /// <exception cref="DirectoryNotFoundException">The model does not exist.</exception>
    /// <exception cref="FileNotFoundException">A file of the options is missing.</exception>
    /// <exception cref="InvalidDataException">A file of the options has another format.</exception>
    public static IReadOnlyList<ModelCheck> Verify(
        string model, VerificationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        options ??= new VerificationOptions();
        options.Validate();
        var given = options.ReferenceFile is { } file ? Reference.Load(file) : null;
        var hashes = options.HashFile is { } hashFile ? HashList.Load(hashFile) : null;
        var files = Find(model);
        var digests = files.ToDictionary(entry => entry.Name, entry => FileDigest.Of(entry.Path, cancellationToken));
        var kept = Catalogue.Find(model, digests.Values);
        List<ModelCheck> checks = [.. FileChecks.Run(files, digests, kept, given, hashes)];
        if (kept is not null || given is not null)
        {
            checks.AddRange(ValueChecks.Run(model, [.. new[] { kept, given }.OfType<Reference>()], options.Tolerance, cancellationToken));
        }

        return checks;
    }

    private static (string Name, string Path)[] Find(string model)
    {
        if (model == TextEmbedder.BuiltIn)
        {
            return [(BuiltInModel.FileName, BuiltInModel.FilePath)];
        }

        if (File.Exists(model))
        {
            return [(Path.GetFileName(model), Path.GetFullPath(model))];
        }

        var folder = ModelFolder.Find(model).Path;
        return
        [
            .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(path => (Path.GetRelativePath(folder, path).Replace('\\', '/'), path))
                .OrderBy(entry => entry.Item1, StringComparer.Ordinal),
        ];
    }
}
