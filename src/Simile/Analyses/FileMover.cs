namespace Simile.Analyses;

/// <summary>Moves files into a folder. Nothing is deleted and nothing is overwritten: of equal names the later gets a number.</summary>
public static class FileMover
{
    /// <summary>Moves files, in their order.</summary>
    /// <param name="files">Full paths.</param>
    /// <param name="folder">Made where it does not exist.</param>
    /// <param name="searched">
    /// The paths that the files were found below: the folder may not lie in one, or the next search would find them again.
    /// </param>
    /// <param name="moved">Called with each file when it is moved: where it was and where it is.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    /// <exception cref="ArgumentException">The folder lies in what is searched.</exception>
    /// <exception cref="IOException">A file cannot be moved; those before it are.</exception>
    public static void Move(
        IReadOnlyList<string> files,
        string folder,
        IReadOnlyList<string> searched,
        Action<string, string>? moved = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        RequireOutside(folder, searched);
        Directory.CreateDirectory(folder);
        foreach (var file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var target = MoveInto(file, folder);
            moved?.Invoke(file, target);
        }
    }

    /// <summary>Throws where a folder lies in one of the paths.</summary>
    /// <exception cref="ArgumentException">It does.</exception>
    public static void RequireOutside(string folder, IReadOnlyList<string> searched)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(searched);
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar;
        if (searched.FirstOrDefault(path => full.StartsWith(
            Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            is { } above)
        {
            throw new ArgumentException($"{folder} lies in {above}, where duplicates are sought: name a folder outside of it.");
        }
    }

    // Another process may take a name meanwhile: moving without overwriting fails then, and the next name is tried.
    private static string MoveInto(string file, string folder)
    {
        var (name, ending) = (Path.GetFileNameWithoutExtension(file), Path.GetExtension(file));
        for (var number = 1; ; number++)
        {
            var target = Path.Combine(folder, number == 1 ? name + ending : $"{name}-{number}{ending}");
            if (Path.Exists(target))
            {
                continue;
            }

            try
            {
                File.Move(file, target, overwrite: false);
                return target;
            }
            catch (IOException) when (File.Exists(file) && Path.Exists(target))
            {
            }
        }
    }
}
