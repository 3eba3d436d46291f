namespace MonaLisa.Engine.Platform;

/// <summary>What to do where a file could not be written, by what the system says.</summary>
internal static class WriteFailure
{
    // errno of Linux and macOS, and the codes of Windows behind 0x80070000.
    private const int NoSpace = 28, QuotaOfLinux = 122, QuotaOfMacOS = 69, FileTooLarge = 27, ReadOnly = 30;
    private const int WindowsDiskFull = unchecked((int)0x80070070), WindowsHandleDiskFull = unchecked((int)0x80070027),
        WindowsWriteProtect = unchecked((int)0x80070013);

    /// <summary>The remedy, a sentence.</summary>
    public static string RemedyOf(Exception failure) => failure switch
    {
        PathTooLongException => "Use a shorter name.",
        { HResult: NoSpace or QuotaOfLinux or QuotaOfMacOS or WindowsDiskFull or WindowsHandleDiskFull } =>
            "Free space on the disk, or write to another.",
        { HResult: FileTooLarge } => "The file system holds no larger files; write to another, or write less.",
        { HResult: ReadOnly or WindowsWriteProtect } => "The disk may not be written to; choose another folder.",
        _ => "Check that the disk is still connected and may be written to.",
    };
}
