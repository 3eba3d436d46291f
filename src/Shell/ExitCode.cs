namespace MonaLisa.Shell;

/// <summary>Exit codes as pwsh gives them (64 is EX_USAGE of sysexits.h; 128 + n says that signal n ended the process).</summary>
internal static class ExitCode
{
    public const int Success = 0;
    public const int Failure = 1;
    public const int Usage = 64;
    public const int Interrupted = 130;
    public const int HungUp = 129;
    public const int Terminated = 143;
}
