namespace MonaLisa.Engine;

/// <summary>What stopped a picture from being read or written.</summary>
public enum PictureProblem
{
    /// <summary>There is no such file.</summary>
    NotFound,

    /// <summary>The path is a folder.</summary>
    IsFolder,

    /// <summary>The file or its folder may not be read or written.</summary>
    AccessDenied,

    /// <summary>The file has no content.</summary>
    Empty,

    /// <summary>The file's content is not a picture of a known format, whatever its name says.</summary>
    NotAPicture,

    /// <summary>The picture's format is known, but not one that is read or written here.</summary>
    UnsupportedFormat,

    /// <summary>The file is cut short or damaged.</summary>
    Damaged,

    /// <summary>The picture has more pixels than are read, or than its format can hold.</summary>
    TooLarge,

    /// <summary>A mask has another size than its picture.</summary>
    MaskSizeMismatch,

    /// <summary>Every pixel is transparent, masked or held out, and none is left to learn from.</summary>
    NothingToLearn,

    /// <summary>The file could not be read to its end.</summary>
    ReadFailed,

    /// <summary>The file is there already and overwriting was not asked for.</summary>
    FileExists,

    /// <summary>The folder to write to is not there.</summary>
    FolderMissing,

    /// <summary>The format cannot hold that many bits a sample.</summary>
    UnsupportedBitDepth,

    /// <summary>A colour to write is not a number, or infinite.</summary>
    NotFinite,

    /// <summary>The file could not be written to its end.</summary>
    WriteFailed,

    /// <summary>The native picture library could not be loaded, or is not the version that is needed.</summary>
    LibraryUnavailable,

    /// <summary>The native picture library lacks an operation that is needed.</summary>
    OperationMissing,
}
