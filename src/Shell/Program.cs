using System.Management.Automation;
using System.Runtime.InteropServices;
using MonaLisa.Shell;

// This PowerShell was built for one module: it reports nothing to PowerShell's makers and looks for no update of itself.
Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
Environment.SetEnvironmentVariable("POWERSHELL_UPDATECHECK", "Off");
// On Windows, files of a downloaded archive are marked, and the usual policy would refuse the examples and the module's own formats.
if (Environment.GetEnvironmentVariable("PSExecutionPolicyPreference") is null)
    Environment.SetEnvironmentVariable("PSExecutionPolicyPreference", "Bypass");
ModulePath.PutFirst(Path.Combine(AppContext.BaseDirectory, "MonaLisa"));

// By itself PowerShell writes the colours of warnings, errors and table headers into files and pipes too.
if (Console.IsOutputRedirected || Console.IsErrorRedirected)
    PSStyle.Instance.OutputRendering = OutputRendering.PlainText;

bool isInterrupted = false;
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => isInterrupted = true);
int exitCode = Microsoft.PowerShell.UnmanagedPSEntry.Start(args, args.Length);

// After Ctrl+C in a script PowerShell gives 0 or 1, and a caller would take 0 for success.
return isInterrupted && exitCode is 0 or 1 && CommandLine.EndsWithoutPrompt(args) ? 128 + 2 : exitCode;
