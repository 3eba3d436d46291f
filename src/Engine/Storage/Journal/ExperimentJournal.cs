using System.Globalization;
using System.Text.Json;
using MonaLisa.Engine.Platform;
using MonaLisa.Engine.Storage;

namespace MonaLisa.Engine;

/// <summary>
/// The file of an experiment: a line of JSON for each finished run, on the disk before the next run begins, so that a run that is
/// finished stays finished whatever happens to the process. A line that was cut short at the end is not a run. It is read when it is made
/// and again before it is written to; until then nothing of the file changes. One process at a time writes it.
/// </summary>
internal sealed class ExperimentJournal : IDisposable
{
    private readonly string _path;

    // Where the lines are, by the runs' names. The runs themselves would take ten times as much memory as their file.
    private readonly Dictionary<UInt128, (long Start, int Length)> _finished = [];

    private readonly bool _replaces;
    private WriterLock? _lock;
    private bool _isReplaced;
    private FileMark? _mark;

    // Open while this journal writes: what somebody removes can still be read, and written again.
    private FileStream? _kept;

    /// <summary>Reads the runs that are finished; where there is no file, there are none.</summary>
    /// <param name="path">The file; taken literally, whatever characters it has.</param>
    /// <param name="replaces">Whether to ignore an existing file, and to replace it with the first run that ends.</param>
    /// <exception cref="ModelFileException">The file cannot be read, or is not an experiment's.</exception>
    public ExperimentJournal(string path, bool replaces = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = Path.GetFullPath(path);
        _replaces = replaces;
        RequireFile();
        if (_replaces || !File.Exists(_path))
            return;
        Reading(() =>
        {
            using FileStream file = OpenToRead();
            return Load(file);
        });
    }

    /// <summary>Runs that are finished.</summary>
    public int Count => _finished.Count;

    /// <summary>The finished run of a name, or null.</summary>
    /// <exception cref="ModelFileException">The file has been changed by others.</exception>
    public ExperimentRecord? Find(string key)
    {
        if (!_finished.TryGetValue(NumberOf(key), out (long Start, int Length) place))
            return null;
        byte[] line = new byte[place.Length];
        ExperimentRecord? found = Reading(() =>
        {
            using FileStream? file = _kept is null ? OpenToRead() : null;
            FileStream source = _kept ?? file!;
            source.Seek(place.Start, SeekOrigin.Begin);
            return source.ReadAtLeast(line, line.Length, throwOnEndOfStream: false) == line.Length ? ParsedOrNull(line) : null;
        });
        return found?.Key == key ? found : throw Error(ModelFileProblem.ReadFailed, "was changed by another program. Run the command again");
    }

    /// <summary>Makes sure that runs can be added, and keeps others from writing; before a run that takes long.</summary>
    /// <exception cref="ModelFileException">The file cannot be written, is not an experiment's, or another process writes it.</exception>
    public void BeginWriting()
    {
        if (_lock is not null)
            return;
        _lock = new WriterLock(_path);
        if (_replaces && File.Exists(_path))
            return;
        StoredFile.Writing(_path, () =>
        {
            using FileStream file = Open(FileMode.OpenOrCreate);
            // Read through the file that is written: another may be put in its place at any time.
            long length = Load(file);
            if (file.Length > length)
                file.SetLength(length);
            _mark = FileMark.Of(file);
            return length;
        });
        Reopen();
    }

    /// <summary>Adds a finished run; it is on the disk when this returns.</summary>
    /// <returns>Whether the file was removed meanwhile, and was written again with all its runs.</returns>
    /// <exception cref="ModelFileException">The file cannot be written, or another was put in its place.</exception>
    public bool Add(ExperimentRecord record)
    {
        BeginWriting();
        FileChange change = _mark?.ChangeAt(_path) ?? FileChange.None;
        if (change == FileChange.Replaced)
            throw Replaced();
        byte[] line = JournalLines.Of(record);
        if (_replaces && !_isReplaced)
            WriteAnew(record, line, from: null, overwrite: true);
        else if (change == FileChange.Removed)
            WriteAnew(record, line, _kept, overwrite: false);
        else
            Keep(record, StoredFile.Writing(_path, () => Append(line)), line.Length - 1);
        _isReplaced = true;
        return change == FileChange.Removed;
    }

    /// <summary>Releases the file for others.</summary>
    public void Dispose()
    {
        _kept?.Dispose();
        _lock?.Dispose();
    }

    // After what is there, or what was there until somebody removed it.
    private void WriteAnew(ExperimentRecord record, byte[] line, FileStream? from, bool overwrite)
    {
        long start = 0;
        FileMark? mark = null;
        using var file = new ReplacementFile(_path, overwrite, StoredFile.ErrorFor);
        file.Write(stream =>
        {
            if (from is { Length: > 0 })
            {
                bool isOpen = LastByte(from) != '\n';
                from.Position = 0;
                from.CopyTo(stream);
                stream.Write(isOpen ? "\n"u8 : []);
            }
            start = stream.Position;
            stream.Write(line);
            mark = FileMark.Of(stream);
        });
        file.Commit();
        _mark = mark;
        Reopen();
        Keep(record, start, line.Length - 1);
    }

    private void Reopen()
    {
        _kept?.Dispose();
        _kept = StoredFile.Writing(_path, OpenToRead);
    }

    // Gives the place where the line begins.
    private long Append(byte[] line)
    {
        using FileStream file = Open(FileMode.Open);
        if (_mark?.IsOf(file) == false)
            throw Replaced();
        long length = file.Seek(0, SeekOrigin.End);
        try
        {
            // A whole last line may lack its line feed.
            bool isOpen = length > 0 && LastByte(file) != '\n';
            file.Write(isOpen ? [(byte)'\n', .. line] : line);
            file.Flush(flushToDisk: true);
            _mark = FileMark.Of(file);
            return isOpen ? length + 1 : length;
        }
        catch (IOException)
        {
            // A full disk: half a line must not stand before the next.
            file.SetLength(length);
            throw;
        }
    }

    private static int LastByte(FileStream file)
    {
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte();
    }

    private ModelFileException Replaced() => Error(ModelFileProblem.FileExists,
        "is not written: another file was put in its place during the experiment, and stays as it is. Move it away");

    private FileStream Open(FileMode mode) => new(_path, mode, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);

    private FileStream OpenToRead() => new(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    private static UInt128 NumberOf(string key) => UInt128.Parse(key, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private void Keep(ExperimentRecord record, long start, int length) => _finished[NumberOf(record.Key)] = (start, length);

    private static ExperimentRecord? ParsedOrNull(byte[] line)
    {
        try
        {
            return JournalLines.Parse(line);
        }
        catch (Exception exception) when (exception is JsonException or UnexpectedValueException)
        {
            return null;
        }
    }

    private void RequireFile()
    {
        if (Directory.Exists(_path))
            throw Error(ModelFileProblem.IsFolder, "is a folder. Give the name of a file in it");
        // Reading a pipe would wait for whoever writes into it.
        if (FileKind.IsSpecial(_path))
            throw Error(ModelFileProblem.AccessDenied, $"{FileKind.SpecialText}. Give the name of a file");
    }

    // Gives the length of the whole lines.
    private long Load(FileStream file)
    {
        _finished.Clear();
        return Reading(() => JournalLines.Read(file, Keep));
    }

    private T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException exception)
        {
            throw Error(ModelFileProblem.NotAnExperiment,
                $"is not an experiment's file: {exception.Message}. Give another name, or replace it with -Force", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw Error(ModelFileProblem.AccessDenied, "cannot be read: access to it is denied. Change the permissions", exception);
        }
        catch (IOException exception)
        {
            throw Error(ModelFileProblem.ReadFailed, "could not be read to its end. Check that its disk is still connected", exception);
        }
    }

    private ModelFileException Error(ModelFileProblem problem, string what, Exception? cause = null) =>
        new(problem, _path, $"'{_path}' {what}.", cause);
}
