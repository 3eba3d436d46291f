namespace MonaLisa.Engine.Platform;

/// <summary>What to do where a file could not be written, by what the system says.</summary>
internal static class WriteFailure
{
    // errno of Linux and macOS, and the codes of Windows behind 0x80070000.
    private const int NoSpace = 28, QuotaOfLinux = 122, QuotaOfMacOS = 69, FileTooLarge = 27, ReadOnly = 30;
    private const int WindowsDiskFull = unchecked((int)0x80070070), WindowsHandleDiskFull = unchecked((int)0x80070027),
        WindowsWriteProtect = unchecked((int)0x80070013);

    // EWOULDBLOCK is what .NET makes of a lock that another has.
    private const int WouldBlockOfLinux = 11, WouldBlockOfMacOS = 35, TooManyOfProcess = 24, TooManyOfSystem = 23;
    private const int WindowsSharing = unchecked((int)0x80070020), WindowsLock = unchecked((int)0x80070021),
        WindowsTooMany = unchecked((int)0x80070004);

    /// <summary>Whether a file could not be opened because another has it open alone, in this process or another.</summary>
    public static bool IsInUse(Exception failure) => failure is IOException && (OperatingSystem.IsWindows()
        ? failure.HResult is WindowsSharing or WindowsLock
        : failure.HResult == (OperatingSystem.IsLinux() ? WouldBlockOfLinux : WouldBlockOfMacOS));

    /// <summary>The remedy, a sentence.</summary>
    public static string RemedyOf(Exception failure) => failure switch
    {
        PathTooLongException => "Use a shorter name.",
        _ when LoadFailure.Is(failure) => "Start a new session and import MonaLisa.PS first, or install it again.",
        OutOfMemoryException => "There is not enough memory; write a smaller one.",
        FileNotFoundException or DirectoryNotFoundException => "The folder or a file in it was removed meanwhile; make the folder again.",
        _ when IsInUse(failure) => "Another program has it open. Wait until it is closed, or choose another name.",
        { HResult: TooManyOfProcess or TooManyOfSystem or WindowsTooMany } =>
            "Too many files are open. Close other programs, or raise the limit (ulimit -n).",
        { HResult: NoSpace or QuotaOfLinux or QuotaOfMacOS or WindowsDiskFull or WindowsHandleDiskFull } =>
            "Free space on the disk, or write to another.",
        { HResult: FileTooLarge } => "The file system holds no larger files; write to another, or write less.",
        { HResult: ReadOnly or WindowsWriteProtect } => "The disk may not be written to; choose another folder.",
        _ => "Check that the disk is still connected and may be written to.",
    };
}
