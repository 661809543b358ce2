/* Reads calendars with libical and prints each as one line of JSON: {"faults": [...], "events": [...]}. */

#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *whole(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0) {
        perror(path);
        exit(1);
    }
    long size = ftell(file);
    char *text = calloc((size_t)size + 1, 1);
    rewind(file);
    if (!text || fread(text, 1, (size_t)size, file) != (size_t)size || strlen(text) != (size_t)size) {
        fprintf(stderr, "%s: cannot be read as a text\n", path);
        exit(1);
    }
    fclose(file);
    return text;
}

static void print_string(const char *text)
{
    putchar('"');
    for (const unsigned char *at = (const unsigned char *)(text ? text : ""); *at; at++) {
        if (*at < 0x20 || *at == '"' || *at == '\\') {
            printf("\\u%04x", *at);
        } else {
            putchar(*at);
        }
    }
    putchar('"');
}

/* By the zone that the calendar itself describes; a day stays a day. */
static void print_time(struct icaltimetype at)
{
    struct icaltimetype utc = at.is_date ? at : icaltime_convert_to_zone(at, icaltimezone_get_utc_timezone());
    printf(",\"%04d-%02d-%02d", utc.year, utc.month, utc.day);
    if (!at.is_date) {
        printf("T%02d:%02d:%02dZ", utc.hour, utc.minute, utc.second);
    }
    putchar('"');
}

static void print_event(icalcomponent *event)
{
    putchar('[');
    print_string(icalcomponent_get_uid(event));
    print_time(icalcomponent_get_dtstart(event));
    print_time(icalcomponent_get_dtend(event));
    putchar(',');
    print_string(icalcomponent_get_summary(event));
    putchar(',');
    print_string(icalcomponent_get_description(event));
    printf(",%d,", icalcomponent_get_sequence(event));
    print_string(icalproperty_status_to_string(icalcomponent_get_status(event)));
    putchar(']');
}

/* What libical wrote into the tree where it could not read something, or where a rule was broken. */
static void print_faults(icalcomponent *component, int *count)
{
    icalproperty *fault = icalcomponent_get_first_property(component, ICAL_XLICERROR_PROPERTY);
    for (; fault; fault = icalcomponent_get_next_property(component, ICAL_XLICERROR_PROPERTY)) {
        fputs((*count)++ ? "," : "", stdout);
        print_string(icalproperty_get_xlicerror(fault));
    }
    icalcomponent *inner = icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT);
    for (; inner; inner = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT)) {
        print_faults(inner, count);
    }
}

static void print_calendar(const char *path)
{
    char *text = whole(path);
    icalcomponent *calendar = icalparser_parse_string(text);
    if (!calendar || icalcomponent_isa(calendar) != ICAL_VCALENDAR_COMPONENT) {
        fprintf(stderr, "%s: not a calendar\n", path);
        exit(1);
    }
    int count = 0, kept = icalrestriction_check(calendar);
    fputs("{\"faults\":[", stdout);
    print_faults(calendar, &count);
    fputs(kept || count ? "]" : "\"a rule is broken\"]", stdout);
    fputs(",\"events\":[", stdout);
    icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
    for (count = 0; event; event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
        fputs(count++ ? "," : "", stdout);
        print_event(event);
    }
    puts("]}");
    icalcomponent_free(calendar);
    free(text);
}

int main(int count, char **paths)
{
    icalerror_set_errors_are_fatal(0);
    for (int each = 1; each < count; each++) {
        print_calendar(paths[each]);
    }
    return 0;
}
