using System.Management.Automation;
using MonaLisa.Engine;
using MonaLisa.Engine.Platform;

namespace MonaLisa.PowerShell;

/// <summary>
/// The settings of an experiment as properties of its rows and summaries. Rows may come from a file, and then have any property that
/// its writer liked: none takes the place of a figure, and none is called as PowerShell's own members are. Those that ConvertFrom-Json made
/// of the experiment's own file have their settings in one property.
/// </summary>
internal static class SettingProperties
{
    // What PowerShell adds to objects of remote sessions and jobs, which differs from run to run, and what it refuses as a name.
    private static readonly string[] OfPowerShell =
    [
        "PSComputerName", "PSShowComputerName", "PSSourceJobInstanceId", "RunspaceId",
        "psbase", "psobject", "psadapted", "psextended", "pstypenames", "PSStandardMembers",
    ];

    // What the module's types file adds: columns of tables, and what rows take to another session.
    private static readonly string[] OfViews = ["HeldOut", "Params", "Run", "ModelName", "Spread"];

    // What else a line of the experiment's file has.
    private static readonly string[] OfFile = [nameof(ExperimentRecord.Key)];

    private static readonly HashSet<string> Taken = new(
        [
            .. typeof(ExperimentRow).GetProperties().Select(property => property.Name),
            .. typeof(ExperimentSummary).GetProperties().Select(property => property.Name),
            .. OfViews, .. OfFile, .. OfPowerShell,
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a property of a row may be a setting.</summary>
    public static bool IsName(string name) => !string.IsNullOrWhiteSpace(name) && PlainText.IsPlain(name) && !Taken.Contains(name);

    /// <summary>The settings in a row, in its order. Those from a file are texts or, from the experiment's own, what they were.</summary>
    public static IEnumerable<KeyValuePair<string, object>> Of(PSObject row) => row.Properties
        .SelectMany(property => property is { Name: nameof(ExperimentRecord.Settings), Value: PSObject { BaseObject: PSCustomObject } settings }
            ? settings.Properties.AsEnumerable() : [property])
        .Where(property => property is { MemberType: PSMemberTypes.NoteProperty, Value: not null } && IsName(property.Name))
        .Select(property => KeyValuePair.Create(property.Name, property.Value is string text ? PlainText.Of(text) : property.Value));

    /// <summary>Gives an object settings as properties.</summary>
    public static void Add(PSObject row, IEnumerable<KeyValuePair<string, object>> settings)
    {
        foreach ((string name, object value) in settings)
            if (IsName(name))
                row.Properties.Add(new PSNoteProperty(name, value));
    }
}
