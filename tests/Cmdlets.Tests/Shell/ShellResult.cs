namespace MonaLisa.Cmdlets.Tests.Shell;

/// <summary>What a run of the shell left, line endings as \n.</summary>
internal sealed record ShellResult(int ExitCode, string Output, string Error);
