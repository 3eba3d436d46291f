using System.Management.Automation;
using System.Management.Automation.Runspaces;
using MonaLisa.Shell.Terminal;

namespace MonaLisa.Shell.Hosting;

/// <summary>One PowerShell runspace with the module loaded, and the pipeline that runs in it.</summary>
internal sealed class ShellSession : IDisposable
{
    private readonly ShellConsole _console;
    private readonly ShellHost _host;
    private readonly Lock _lock = new();
    private Pipeline? _running;

    private ShellSession(ShellConsole console, ShellHost host, Runspace runspace)
    {
        _console = console;
        _host = host;
        Runspace = runspace;
    }

    public Runspace Runspace { get; }

    /// <summary>What <c>exit</c> asked for; null while nothing did.</summary>
    public int? RequestedExitCode => _host.RequestedExitCode;

    /// <summary>A signal asked for the end: nothing runs any more.</summary>
    public bool IsEnding { get; private set; }

    /// <summary>Starts the engine. The module comes with <see cref="ImportModule"/>.</summary>
    public static ShellSession Open(ShellConsole console, ShellInput input)
    {
        // The engine's own assembly reports its use to its makers unless told otherwise; a host for one module has no business to.
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        var host = new ShellHost(console, new ShellUserInterface(console, input));
        Runspace runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        runspace.Open();
        Runspace.DefaultRunspace = runspace;
        return new ShellSession(console, host, runspace);
    }

    /// <summary>
    /// Imports the module, and puts its folder and the shell's own modules in front of the module path, so that the runspaces
    /// of ForEach-Object -Parallel load the same ones.
    /// </summary>
    /// <returns>Whether the module is loaded; if not, the reason stands on standard error.</returns>
    public bool ImportModule(string manifest)
    {
        string folder = Path.GetDirectoryName(Path.GetDirectoryName(manifest)!)!;
        Environment.SetEnvironmentVariable("PSModulePath", string.Join(
            Path.PathSeparator,
            new[] { ModuleLocator.BundledModules, folder }.Concat(UsableModulePaths()).Distinct()));
        var import = new Command("Import-Module");
        import.Parameters.Add("Name", WildcardPattern.Escape(manifest));
        import.Parameters.Add("ErrorAction", ActionPreference.Stop);
        return RunCommand(import, readsInput: false) is { Failed: false };
    }

    /// <summary>Runs a command, such as a script file, to its end and shows what it writes.</summary>
    public RunOutcome RunCommand(Command command, bool readsInput)
    {
        using Pipeline pipeline = Runspace.CreatePipeline();
        pipeline.Commands.Add(command);
        return Run(pipeline, readsInput);
    }

    /// <summary>Runs a text as it would be typed at the prompt, and shows what it writes.</summary>
    public RunOutcome RunText(string text, bool readsInput)
    {
        // Only a pipeline that goes into the history leaves $? as its last command set it.
        using Pipeline pipeline = Runspace.CreatePipeline(text, addToHistory: true);
        return Run(pipeline, readsInput);
    }

    /// <summary>The value of $? after the last command.</summary>
    public bool LastCommandSucceeded() => Runspace.SessionStateProxy.GetVariable("?") is true;

    /// <summary>Asks the running pipeline to stop; returns at once.</summary>
    /// <param name="andTheSession">Nothing runs afterwards either.</param>
    /// <returns>Whether a pipeline was running.</returns>
    public bool Stop(bool andTheSession)
    {
        lock (_lock)
        {
            IsEnding |= andTheSession;
            _running?.StopAsync();
            return _running is not null;
        }
    }

    public void Dispose() => Runspace.Dispose();

    private RunOutcome Run(Pipeline pipeline, bool readsInput)
    {
        pipeline.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        pipeline.Commands.Add("Out-Default");

        using var ended = new ManualResetEventSlim();
        pipeline.StateChanged += (_, change) =>
        {
            if (change.PipelineStateInfo.State is PipelineState.Completed or PipelineState.Failed or PipelineState.Stopped)
                ended.Set();
        };
        lock (_lock)
        {
            if (IsEnding)
                return RunOutcome.Stopped;
            _running = pipeline;
        }

        try
        {
            if (readsInput)
                StandardInputFeed.Start(pipeline.Input);
            else
                pipeline.Input.Close();
            pipeline.InvokeAsync();
            ended.Wait();
        }
        finally
        {
            lock (_lock)
                _running = null;
            _console.ClearProgress();
        }

        PipelineStateInfo info = pipeline.PipelineStateInfo;
        if (info.State == PipelineState.Stopped || info.Reason is PipelineStoppedException)
            return RunOutcome.Stopped;
        if (info.State == PipelineState.Completed)
            return RunOutcome.Completed;
        ShowFailure(info.Reason);
        return RunOutcome.Error;
    }

    // An error that ended the pipeline goes the way of every other: through the engine's formatting, to standard error.
    private void ShowFailure(Exception? reason)
    {
        // The engine's own view leaves these empty.
        if (reason is IncompleteParseException incomplete)
        {
            foreach (string message in incomplete.Errors?.Select(found => found.Message) ?? [incomplete.Message])
                _host.UI.WriteErrorLine("ParserError: " + message);
            return;
        }

        reason ??= new InvalidOperationException("The pipeline failed.");
        ErrorRecord error = (reason as IContainsErrorRecord)?.ErrorRecord
            ?? new ErrorRecord(reason, "PipelineFailed", ErrorCategory.NotSpecified, null);
        PSObject shown = PSObject.AsPSObject(error);
        EngineInternals.MarkAsError(shown);
        try
        {
            using Pipeline pipeline = Runspace.CreatePipeline();
            pipeline.Commands.Add("Out-Default");
            pipeline.Input.Write(shown);
            pipeline.Input.Close();
            pipeline.Invoke();
        }
        catch (RuntimeException)
        {
            _console.WriteError(error + "\n");
        }
    }

    // The modules of an installed pwsh need assemblies of that pwsh; offered here they could only fail to load.
    private static IEnumerable<string> UsableModulePaths() =>
        (Environment.GetEnvironmentVariable("PSModulePath") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(path => !Directory.Exists(Path.Combine(path, "Microsoft.PowerShell.Utility")));
}
