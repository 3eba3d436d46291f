namespace MonaLisa.PowerShell;

/// <summary>
/// The stable error identifiers of this module; scripts compare <c>FullyQualifiedErrorId</c> with them.
/// A picture that the engine cannot read or write has the name of its <c>PictureProblem</c> as its identifier, and a model file that
/// of its <c>ModelFileProblem</c>; where a command finds the same problem before the engine does, it uses the same name.
/// </summary>
internal static class ErrorIds
{
    /// <summary>A value is out of its range, or two parameters contradict each other.</summary>
    public const string InvalidOption = nameof(InvalidOption);

    /// <summary>The size or the quality that was asked for cannot be reached.</summary>
    public const string TargetOutOfReach = nameof(TargetOutOfReach);

    /// <summary>The loss exploded; the network is lost.</summary>
    public const string TrainingDiverged = nameof(TrainingDiverged);

    /// <summary>A training had an error that is in none of these; the next picture follows.</summary>
    public const string TrainingFailed = nameof(TrainingFailed);

    /// <summary>The requested compute provider is not on this machine.</summary>
    public const string ProviderUnavailable = nameof(ProviderUnavailable);

    /// <summary>The system starts no more threads.</summary>
    public const string ThreadLimit = nameof(ThreadLimit);

    /// <summary>A library that the module is built on could not be loaded, or another module's was taken for it.</summary>
    public const string DependencyUnavailable = nameof(DependencyUnavailable);

    /// <summary>No file has this name.</summary>
    public const string NotFound = nameof(NotFound);

    /// <summary>A script that is to give an object's path fails, or does not give exactly one.</summary>
    public const string PathScriptFailed = nameof(PathScriptFailed);

    /// <summary>A path is not in the file system.</summary>
    public const string NotFileSystem = nameof(NotFileSystem);

    /// <summary>A path is not well formed, or its drive does not exist.</summary>
    public const string InvalidPath = nameof(InvalidPath);

    /// <summary>A folder was given where a file is needed.</summary>
    public const string IsFolder = nameof(IsFolder);

    /// <summary>The folder of a file to write does not exist.</summary>
    public const string FolderMissing = nameof(FolderMissing);

    /// <summary>A file's or folder's name has characters that do more than show, such as those that control a terminal.</summary>
    public const string InvalidName = nameof(InvalidName);

    /// <summary>A file or folder may not be read, written or made.</summary>
    public const string AccessDenied = nameof(AccessDenied);

    /// <summary>A file or folder cannot be written, for another reason than a permission; the message says what to do.</summary>
    public const string WriteFailed = nameof(WriteFailed);

    /// <summary>The file exists and -Force was not given, or is where a folder is to be made.</summary>
    public const string FileExists = nameof(FileExists);

    /// <summary>The file's extension names no format that the command writes.</summary>
    public const string UnsupportedFormat = nameof(UnsupportedFormat);

    /// <summary>An object is of another kind than the command works on.</summary>
    public const string UnsupportedInput = nameof(UnsupportedInput);

    /// <summary>An object from another session is damaged, or has been changed.</summary>
    public const string InvalidObject = nameof(InvalidObject);

    /// <summary>A network alone has no size, and none was given.</summary>
    public const string SizeUnknown = nameof(SizeUnknown);

    /// <summary>Two pictures to compare have different sizes.</summary>
    public const string SizeMismatch = nameof(SizeMismatch);

    /// <summary>A network has other outputs than a picture has channels.</summary>
    public const string OutputMismatch = nameof(OutputMismatch);

    /// <summary>There is nothing to compare a picture with.</summary>
    public const string ReferenceMissing = nameof(ReferenceMissing);

    /// <summary>A run kept no snapshots.</summary>
    public const string SnapshotsMissing = nameof(SnapshotsMissing);

    /// <summary>A network has infinite or undefined weights and cannot paint.</summary>
    public const string NotFinite = nameof(NotFinite);

    /// <summary>There is not enough memory for the network.</summary>
    public const string NetworkTooLarge = nameof(NetworkTooLarge);

    /// <summary>A training run has nothing that a plot can show.</summary>
    public const string NothingToPlot = nameof(NothingToPlot);

    /// <summary>A row of an experiment came without its run.</summary>
    public const string RunMissing = nameof(RunMissing);

    /// <summary>A setting of an experiment is unknown, or its values are bad.</summary>
    public const string InvalidSetting = nameof(InvalidSetting);
}
